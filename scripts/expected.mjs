// Writes the tables of docs/expected.md that package.json knows: commands, keys, settings, views, tools.
//
//   node scripts/expected.mjs [--check]
//
// --check writes nothing and ends with 1 where the page is behind package.json.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./lib/paths.mjs";

const page = path.join(root, "docs", "expected.md");
const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
const texts = JSON.parse(readFileSync(path.join(root, "package.nls.json"), "utf8"));
const { commands, configuration, keybindings = [], languageModelTools, menus, taskDefinitions, views } = manifest.contributes;

const english = (text) => text.replace(/^%(.+)%$/, (_, key) => texts[key] ?? `MISSING TEXT ${key}`);
const cell = (text) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const table = (head, rows) => [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
const link = (file) => `[${file}](../${file})`;

/** The files of src/host that register commands, and what is in them. */
const tables = readdirSync(path.join(root, "src", "host"), { recursive: true })
  .map((name) => path.posix.join("src/host", name.split(path.sep).join("/")))
  .filter((name) => name.endsWith("commands.ts"))
  .sort((a, b) => b.length - a.length)
  .map((name) => ({ name, text: readFileSync(path.join(root, name), "utf8") }));

function registeredIn(command) {
  const found = tables.find(({ text }) => text.includes(`"${command}":`));
  if (found === undefined) throw new Error(`No commands.ts of src/host registers ${command}.`);
  return found.name;
}

/** Where a command is found besides the palette. */
function places(command) {
  const hidden = menus.commandPalette.some((item) => item.command === command && item.when === "false");
  const names = { "view/title": "Runs view", "view/item/context": "a run", "explorer/context": "explorer", "editor/title": "editor title", "editor/context": "editor" };
  const others = Object.entries(menus).filter(([menu, items]) => menu !== "commandPalette" && items.some((item) => item.command === command)).map(([menu]) => names[menu] ?? menu);
  return [...(hidden ? [] : ["palette"]), ...others].join(", ");
}

const sections = {
  commands: table(
    ["command", "id", "found in", "code"],
    [...commands].sort((a, b) => a.command.localeCompare(b.command)).map(({ command, title }) => [cell(english(title)), `\`${command}\``, places(command), link(registeredIn(command))]),
  ),
  keys: keybindings.length === 0 ? "None." : table(["key", "command", "when"], keybindings.map(({ key, mac, command, when }) => [`\`${key}\`${mac === undefined ? "" : `, on macOS \`${mac}\``}`, `\`${command}\``, when === undefined ? "" : `\`${cell(when)}\``])),
  settings: table(
    ["setting", "default", "what it does"],
    Object.entries(configuration.properties)
      .sort(([, a], [, b]) => a.order - b.order)
      .map(([id, { default: value, markdownDescription, description }]) => [`\`${id}\``, `\`${JSON.stringify(value)}\``, cell(english(markdownDescription ?? description))]),
  ),
  views: table(["view", "id", "container"], Object.entries(views).flatMap(([container, list]) => list.map(({ id, name }) => [english(name), `\`${id}\``, `\`${container}\``]))),
  tools: table(["tool", "name", "in a prompt"], languageModelTools.map(({ name, displayName, toolReferenceName }) => [english(displayName), `\`${name}\``, `\`#${toolReferenceName}\``])),
  tasks: table(["task type", "fields"], taskDefinitions.map(({ type, properties }) => [`\`${type}\``, Object.keys(properties).map((name) => `\`${name}\``).join(", ")])),
};

const before = readFileSync(page, "utf8");
const after = Object.entries(sections).reduce((text, [name, body]) => {
  const marked = new RegExp(`(<!-- ${name} -->\n)[^]*?(\n<!-- end ${name} -->)`);
  if (!marked.test(text)) throw new Error(`docs/expected.md has no section <!-- ${name} -->.`);
  return text.replace(marked, (_, start, end) => `${start}\n${body}\n${end}`);
}, before);
if (!process.argv.includes("--check")) writeFileSync(page, after);
else if (after !== before) {
  console.error("docs/expected.md is behind package.json. Run: node scripts/expected.mjs");
  process.exitCode = 1;
}
