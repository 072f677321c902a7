import * as vscode from "vscode";
import { figuresOf, type Figure } from "../kinds/figures.js";
import type { RunController } from "./runController.js";
import { groupsOf } from "./groups.js";
import { hasArchitecture, isRunNode, type FigureNode, type GroupNode, type Node, type RunNode } from "./nodes.js";
import { replayFigure } from "./replayFigure.js";
import { figureItem, groupItem, runItem } from "./treeItems.js";

/** The Runs view: every run of this workspace, the pinned ones first, then by day, newest first. */
export class RunsView implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #tree: vscode.TreeView<Node>;
  readonly #subscriptions: vscode.Disposable;
  /** Runs as they are shown, by id. */
  #shown = new Map<string, RunNode>();
  /** Of finished runs, which do not change: reading a result again from its journal takes time. */
  readonly #figures = new Map<string, Figure[]>();

  constructor(private readonly runs: RunController) {
    this.#tree = vscode.window.createTreeView<Node>("foxnas.runs", {
      canSelectMany: true,
      showCollapseAll: true,
      treeDataProvider: {
        onDidChangeTreeData: this.#changed.event,
        getChildren: (parent) => this.#children(parent),
        getParent: (node) => (node.type === "figure" ? node.run : node.type === "run" ? (node.group ?? undefined) : undefined),
        getTreeItem: (node) => (node.type === "run" ? runItem(node) : node.type === "group" ? groupItem(node) : figureItem(node)),
      },
    });
    this.#subscriptions = vscode.Disposable.from(
      this.#tree,
      this.#changed,
      runs.onDidChange(() => this.#changed.fire(undefined)),
      this.#tree.onDidChangeSelection(() => this.#tellSelection()),
    );
  }

  /** The selected runs, in the order of the list. */
  get selection(): RunNode[] {
    const selected = new Set(this.#tree.selection.filter(isRunNode).map(({ record }) => record.id));
    return [...this.#shown.values()].filter(({ record }) => selected.has(record.id));
  }

  /** Selects the row of a run where the view is to be seen. */
  async reveal(id: string): Promise<void> {
    const node = this.#shown.get(id);
    if (node !== undefined && this.#tree.visible) await this.#tree.reveal(node, { select: true, focus: true });
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** What the view shows under a node, for tests. */
  children(parent?: Node): Promise<Node[]> {
    return this.#children(parent);
  }

  async #children(parent?: Node): Promise<Node[]> {
    if (parent === undefined) return this.#roots();
    if (parent.type === "group") return parent.runs;
    return parent.type === "run" ? this.#leaves(parent) : [];
  }

  /** Headings only where there is more than one: a single one would say nothing. */
  async #roots(): Promise<Node[]> {
    const groups = groupsOf(await this.runs.list(), new Date());
    this.#shown = new Map();
    const nodes = groups.map(({ id, runs }): GroupNode => {
      const group: GroupNode = { type: "group", id, runs: [] };
      group.runs = runs.map((run) => ({ type: "run", ...run, group: groups.length > 1 ? group : null }));
      for (const run of group.runs) this.#shown.set(run.record.id, run);
      return group;
    });
    return nodes.length === 1 ? nodes[0]!.runs : nodes;
  }

  async #leaves(run: RunNode): Promise<FigureNode[]> {
    const { record } = run;
    const { id, request } = record;
    let figures = this.#figures.get(id);
    if (figures === undefined) {
      const result = await this.runs.result(id, request.kind);
      if (result === null) return [];
      figures = figuresOf(request.kind, result);
      this.#figures.set(id, figures);
    }
    const measured = request.kind === "search" ? figuresOf("measured", await this.runs.measuredOf(id)) : [];
    const replay = replayFigure(await this.runs.replayOf(id));
    return [...(replay === null ? [] : [replay]), ...figures, ...measured].map((figure, index) => ({ type: "figure", figure, run, index }));
  }

  /** For the `when` clauses of package.json: no row alone knows what else is selected. */
  #tellSelection(): void {
    const { selection } = this;
    const comparable = selection.length === 2 && this.#tree.selection.length === 2 && selection.every(hasArchitecture);
    void vscode.commands.executeCommand("setContext", "foxnas.runs.comparable", comparable);
  }
}
