// The extension for Visual Studio Code: it starts `termcheck server`, passes the settings on, shows the number
// of findings in the status bar, and has commands for what the command line does.
"use strict";

const path = require("node:path");
const os = require("node:os");
const fs = require("node:fs");
const { execFile } = require("node:child_process");
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

const LANGUAGES = ["markdown", "mdx", "plaintext", "csv", "tsv", "jsonl", "po", "xml", "yaml"];
/** The settings that the server reads by the keys of `termcheck.toml`. */
const KEYS = { config: "config", select: "select", ignore: "ignore", minConfidence: "min-confidence", inlayHints: "inlay-hints" };

let client;
let status;

async function activate(context) {
  status = vscode.window.createStatusBarItem("termcheck.findings", vscode.StatusBarAlignment.Left);
  status.name = "termcheck";
  status.command = "workbench.actions.view.problems";
  context.subscriptions.push(
    status,
    vscode.commands.registerCommand("termcheck.checkWorkspace", checkWorkspace),
    vscode.commands.registerCommand("termcheck.showPairs", showPairs),
    vscode.commands.registerCommand("termcheck.openReport", openReport),
    vscode.commands.registerCommand("termcheck.restart", restart),
    vscode.languages.onDidChangeDiagnostics(showCount),
    vscode.window.onDidChangeActiveTextEditor(showCount),
    vscode.workspace.onDidChangeConfiguration(configurationChanged),
  );
  await start();
}

async function deactivate() {
  await client?.stop();
}

/** The command line that runs termcheck, without the arguments of a command. */
async function command() {
  const configured = vscode.workspace.getConfiguration("termcheck").get("command");
  if (vscode.workspace.isTrusted && configured?.length) {
    return configured;
  }
  const python = vscode.workspace.isTrusted ? await selectedPython() : undefined;
  if (python && (await succeeds([python, "-m", "termcheck", "version"]))) {
    return [python, "-m", "termcheck"];
  }
  return ["termcheck"];
}

/** The interpreter that is selected in the Python extension, if there is one. */
async function selectedPython() {
  const extension = vscode.extensions.getExtension("ms-python.python");
  if (!extension) {
    return undefined;
  }
  const api = extension.isActive ? extension.exports : await extension.activate();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = api.environments?.getActiveEnvironmentPath(folder);
  const environment = chosen && (await api.environments.resolveEnvironment(chosen));
  return environment?.executable?.uri?.fsPath;
}

function settings() {
  const configuration = vscode.workspace.getConfiguration("termcheck");
  const given = {};
  for (const [name, key] of Object.entries(KEYS)) {
    const value = configuration.get(name);
    // A list that nobody has set is empty here, and an empty `select` would switch all rules off.
    const isSet = value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && !value.length);
    if (isSet) {
      given[key] = value;
    }
  }
  return given;
}

async function start() {
  const [program, ...args] = await command();
  const server = { command: program, args: [...args, "server"], options: { cwd: folder() } };
  client = new LanguageClient("termcheck", "termcheck", server, {
    documentSelector: LANGUAGES.map((language) => ({ scheme: "file", language })),
    initializationOptions: settings(),
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/*") },
  });
  try {
    await client.start();
    showCount();
  } catch (error) {
    const answer = await vscode.window.showErrorMessage(
      `termcheck did not start: ${error.message}. Install it with: pip install "termcheck[lsp]"`,
      "Open settings",
    );
    if (answer) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "termcheck.command");
    }
  }
}

async function restart() {
  await client?.stop().catch(() => undefined);
  await start();
}

async function configurationChanged(event) {
  if (event.affectsConfiguration("termcheck.command")) {
    await restart();
  } else if (event.affectsConfiguration("termcheck") && client?.isRunning()) {
    await client.sendNotification("workspace/didChangeConfiguration", { settings: { termcheck: settings() } });
  }
}

/** Show how many findings the active text has. */
function showCount() {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (!uri || !client?.isRunning()) {
    status?.hide();
    return;
  }
  const found = vscode.languages.getDiagnostics(uri).filter((one) => one.source === "termcheck");
  const errors = found.filter((one) => one.severity === vscode.DiagnosticSeverity.Error).length;
  status.text = found.length ? `$(book) ${errors} / ${found.length}` : "$(book) $(check)";
  status.tooltip = `termcheck: ${errors} errors of ${found.length} findings in this text`;
  status.show();
}

async function checkWorkspace() {
  const [program, ...args] = await command();
  const terminal = vscode.window.createTerminal({ name: "termcheck", cwd: folder() });
  terminal.show();
  terminal.sendText([program, ...args, "check"].map(quoted).join(" "));
}

async function showPairs() {
  const document = vscode.window.activeTextEditor?.document;
  if (document) {
    const { stdout, stderr } = await run(["check", "--show-pairs=full", document.uri.fsPath]);
    const shown = await vscode.workspace.openTextDocument({ content: stdout || stderr, language: "plaintext" });
    await vscode.window.showTextDocument(shown, vscode.ViewColumn.Beside, true);
  }
}

async function openReport() {
  const place = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "termcheck-")), "report.html");
  const { code, stderr } = await run(["check", "--output-format", "html", "--output-file", place]);
  if (code > 1 || !fs.existsSync(place)) {
    vscode.window.showErrorMessage(`termcheck: ${stderr.trim() || `exit code ${code}`}`);
    return;
  }
  await vscode.env.openExternal(vscode.Uri.file(place));
}

async function run(args) {
  const [program, ...before] = await command();
  return await result([program, ...before, ...args]);
}

function result([program, ...args]) {
  return new Promise((resolve) => {
    execFile(program, args, { cwd: folder(), maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === "number" ? error.code : 2) : 0;
      resolve({ code, stdout, stderr: stderr || (code > 1 ? String(error) : "") });
    });
  });
}

async function succeeds(line) {
  return (await result(line)).code === 0;
}

function folder() {
  return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? os.homedir();
}

function quoted(word) {
  return /^[\w./:=-]+$/.test(word) ? word : `"${word.replace(/(["$`\\])/g, "\\$1")}"`;
}

module.exports = { activate, deactivate };
