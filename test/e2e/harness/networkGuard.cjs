// Preloaded (NODE_OPTIONS) into VS Code's server, its extension host and every worker: writes each connection or
// name look-up that would leave the machine to the file FOXNAS_NETWORK_LOG, one JSON line each.
"use strict";
const { appendFileSync } = require("node:fs");
const dgram = require("node:dgram");
const dns = require("node:dns");
const net = require("node:net");

const local = (host) => host === undefined || /^(localhost|127\.|::1$|::ffff:127\.|0\.0\.0\.0$|::$|$)/.test(String(host));

function report(how, host, port) {
  if (local(host)) return;
  appendFileSync(
    process.env.FOXNAS_NETWORK_LOG,
    `${JSON.stringify({ how, host: String(host), port: port ?? null, pid: process.pid, program: process.argv[1] ?? "" })}\n`,
  );
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === "object" && first !== null) {
    if (first.path == null) report("connect", first.host, first.port);
  } else if (typeof first === "number" || /^\d+$/.test(String(first))) {
    report("connect", typeof second === "string" ? second : undefined, first);
  }
  return connect.apply(this, args);
};
for (const api of [dns, dns.promises]) {
  for (const name of ["lookup", "resolve", "resolve4", "resolve6"]) {
    const original = api[name];
    api[name] = function (host, ...rest) {
      report(`dns.${name}`, host);
      return original.call(this, host, ...rest);
    };
  }
}
const send = dgram.Socket.prototype.send;
dgram.Socket.prototype.send = function (...args) {
  report("udp", args.find((value, index) => index > 0 && typeof value === "string"));
  return send.apply(this, args);
};
