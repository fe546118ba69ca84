// Runs inside the worker: boots .NET from the files that the page unpacked, then answers calls of its exported methods.
"use strict";

let exported;
self.dotnetSidecar = true; // else the runtime takes this worker for one of its own threads, and waits for orders

async function boot(files) {
  // The runtime's modules find each other by their own address; from memory they have none, so they are told one.
  const urls = {};
  const moduleUrl = name => urls[name] ??= URL.createObjectURL(new Blob(
    [new TextDecoder().decode(files[name]).replaceAll("import.meta.url", '"http://engine.invalid/_framework/"')],
    { type: "text/javascript" }));
  const { dotnet } = await import(moduleUrl("dotnet.js"));
  const runtime = await dotnet.withResourceLoader((type, name, uri) => {
    const file = uri.split("/").pop().split("?")[0];
    const found = files[file] ? file : name;
    if (type === "dotnetjs")
      return moduleUrl(found);
    const contentType = type === "dotnetwasm" ? "application/wasm" : "application/octet-stream";
    return Promise.resolve(new Response(files[found], { headers: { "Content-Type": contentType } }));
  }).create();
  exported = await runtime.getAssemblyExports(runtime.getConfig().mainAssemblyName);
}

onmessage = async ({ data: { id, files, method, parameters } }) => {
  try {
    if (files) {
      await boot(files);
      postMessage({ id });
      return;
    }
    const of = method.split(".").reduce((at, name) => at[name], exported);
    postMessage({ id, result: await of(...parameters) });
  } catch (error) {
    postMessage({ id, error: String(error?.message ?? error) });
  }
};
