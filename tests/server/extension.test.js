// Runs the extension with stand-ins for Visual Studio Code and for its client, and prints what it starts.
"use strict";
const Module = require("node:module");
const configured = JSON.parse(process.argv[3]);
const nothing = () => ({ dispose() {} });
const started = [];
const vscode = {
  window: {
    createStatusBarItem: () => ({ show() {}, hide() {} }),
    onDidChangeActiveTextEditor: nothing,
    showErrorMessage: async (message) => console.error(message),
  },
  commands: { registerCommand: (name) => (started.push(name), nothing()) },
  languages: { onDidChangeDiagnostics: nothing, getDiagnostics: () => [] },
  workspace: {
    isTrusted: true,
    onDidChangeConfiguration: nothing,
    createFileSystemWatcher: nothing,
    getConfiguration: () => ({ get: (name) => configured[name] }),
  },
  extensions: { getExtension: () => undefined },
  StatusBarAlignment: { Left: 1 },
  DiagnosticSeverity: { Error: 0 },
};
class LanguageClient {
  constructor(id, name, server, options) {
    Object.assign(this, { server, options });
  }
  async start() {
    const { command, args } = this.server;
    console.log(JSON.stringify({ command, args, options: this.options.initializationOptions, commands: started }));
  }
  isRunning() {
    return true;
  }
}
const load = Module._load;
Module._load = (name, ...rest) =>
  name === "vscode" ? vscode : name === "vscode-languageclient/node" ? { LanguageClient } : load(name, ...rest);
require(process.argv[2]).activate({ subscriptions: [] });
