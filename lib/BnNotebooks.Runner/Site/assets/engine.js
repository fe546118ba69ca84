// Starts .NET in a worker of its own: `bnEngine.start("playground")`. An engine comes as one packed file, so that it starts from a
// server and from the disk alike; it is fetched once, when it is first needed, and started again from memory after a stop.
"use strict";

var bnEngine = bnEngine ?? (() => { // two parts of a page may each bring this file
  const packs = {};     // name -> promise of the unpacked files
  const embedded = {};  // name -> what a script beside a page on the disk brought

  async function unpack(packed) {
    const plain = await new Response(packed.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
    const size = new DataView(plain).getUint32(0, true);
    const list = JSON.parse(new TextDecoder().decode(new Uint8Array(plain, 4, size)));
    let at = 4 + size;
    const files = {};
    for (const [name, length] of list) {
      files[name] = new Uint8Array(plain, at, length);
      at += length;
    }
    return files;
  }

  // A page on the disk may not read files, but may run scripts that lie beside it.
  const fromScript = name => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = `assets/engines/${name}.pack.js`;
    script.onload = () => {
      const bytes = Uint8Array.from(atob(embedded[name]), letter => letter.charCodeAt(0));
      delete embedded[name];
      done(new Blob([bytes]).stream());
    };
    script.onerror = () => failed(new Error(`${script.src} is not there. Render the site again.`));
    document.head.append(script);
  });

  async function fromServer(name) {
    const response = await fetch(`assets/engines/${name}.pack`);
    if (!response.ok)
      throw new Error(`${response.url}: ${response.status} ${response.statusText}`);
    return response.body;
  }

  const files = name => packs[name] ??= (location.protocol === "file:" ? fromScript(name) : fromServer(name))
    .then(unpack)
    .catch(error => { delete packs[name]; throw error; });

  // An engine: `call("Namespace.Type.Method", …)` gives a promise of what the method returns; `stop()` ends it in the middle.
  async function start(name) {
    const all = await files(name);
    const address = URL.createObjectURL(new Blob([all["worker.js"]], { type: "text/javascript" }));
    const worker = new Worker(address);
    const waiting = new Map();
    let calls = 0;
    const ask = message => new Promise((done, failed) => {
      waiting.set(++calls, { done, failed });
      worker.postMessage({ id: calls, ...message });
    });
    const fail = error => {
      for (const { failed } of waiting.values())
        failed(error);
      waiting.clear();
    };
    worker.onmessage = ({ data }) => {
      const { done, failed } = waiting.get(data.id) ?? {};
      waiting.delete(data.id);
      if (data.error)
        failed?.(new Error(data.error));
      else
        done?.(data.result);
    };
    worker.onerror = event => fail(new Error(event.message ?? "The engine did not start."));
    await ask({ files: all });
    URL.revokeObjectURL(address);
    return {
      call: (method, ...parameters) => ask({ method, parameters }),
      stop() {
        worker.terminate();
        fail(new Error("stopped"));
      },
    };
  }

  // One engine for all explorables of a page, started when the first of them asks.
  const running = {};
  const shared = name => running[name] ??= start(name).catch(error => { delete running[name]; throw error; });

  return { start, shared, embed: (name, packed) => { embedded[name] = packed; } };
})();
