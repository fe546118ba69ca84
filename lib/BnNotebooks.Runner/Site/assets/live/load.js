// Loads a script beside the page when it is first needed, once.
"use strict";

const liveLoad = (() => {
  const loads = {};
  return address => loads[address] ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => done();
    script.onerror = () => {
      delete loads[address];
      script.remove();
      failed(new Error(`${address} is not there. Render the site again.`));
    };
    document.head.append(script);
  });
})();
