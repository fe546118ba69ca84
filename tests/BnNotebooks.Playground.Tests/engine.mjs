// Runs calls of the engine's exported methods under Node: a JSON list of [method, parameters…] from standard input; a list of what they
// gave goes to standard output. `node engine.mjs FOLDER-OF-dotnet.js`
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { dotnet } = await import(pathToFileURL(`${process.argv[2]}/dotnet.js`));
const runtime = await dotnet.create();
const exported = await runtime.getAssemblyExports(runtime.getConfig().mainAssemblyName);
const results = JSON.parse(readFileSync(0, "utf8")).map(([method, ...parameters]) => {
  const began = performance.now();
  const result = exported.BnNotebooks.Playground.NetworkExports[method](...parameters);
  if (process.env.BN_TIMES)
    console.error(method, ...parameters, `${(performance.now() - began).toFixed(1)} ms`);
  return ArrayBuffer.isView(result) ? [...result] : result;
});
process.stdout.write(JSON.stringify(results), () => process.exit(0));
