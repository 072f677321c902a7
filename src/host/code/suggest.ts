/** Folders that networks are usually kept in. */
const MODEL_FOLDERS = new Set(["model", "models", "net", "nets", "network", "networks", "architectures", "backbones"]);
/** Modules that say nothing about where a network belongs. */
const ASIDE = /(^|\/)(tests?|docs|examples|scripts)\/|(^|\/)(setup|conftest|test_[^/]*|[^/]*_test)\.py$/;

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);
const lastOf = (folder: string): string => folder.split("/").at(-2) ?? "";
const depthOf = (folder: string): number => folder.split("/").length;

/** The folder that holds most of the paths; the shallowest, then the first by name where several do. */
function commonest(paths: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(folderOf(path), (counts.get(folderOf(path)) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || depthOf(a) - depthOf(b) || (a < b ? -1 : 1))[0]?.[0];
}

/**
 * The folder that a new Python module suits: the config's own where it has modules and is not the root, one for models, else
 * where most modules are.
 * @param modules paths of the workspace folder's Python files, relative, with `/`
 * @param own folder of the config, relative, ending in `/` unless it is the root; undefined for no file
 * @returns relative, ending in `/`; empty for the root
 */
export function moduleFolder(modules: readonly string[], own: string | undefined): string {
  const telling = modules.filter((path) => !ASIDE.test(path));
  if (own !== undefined && own !== "" && telling.some((path) => folderOf(path) === own)) return own;
  const models = telling.filter((path) => MODEL_FOLDERS.has(lastOf(folderOf(path))));
  return commonest(models) ?? commonest(telling) ?? own ?? "";
}

/** The folder that a file suits whose like is already there: the config's own, else where most of them are. */
export function likeFolder(like: readonly string[], own: string | undefined): string {
  return own ?? commonest(like) ?? "";
}

/** Whether the modules of a folder are named as classes: `KitchenNet.py`. */
export function namesAsClasses(modules: readonly string[], folder: string): boolean {
  const names = modules.filter((path) => folderOf(path) === folder && !path.endsWith("__init__.py")).map((path) => path.slice(folder.length));
  return names.length > 0 && names.filter((name) => /^[A-Z]/.test(name)).length > names.length / 2;
}

/** `kitchen_2.py` for a taken `kitchen.py`, `kitchen-2.foxnas.json` for a taken config. */
export function numbered(name: string, ending: string, count: number): string {
  return `${name.slice(0, -ending.length)}${ending === ".py" ? "_" : "-"}${count}${ending}`;
}
