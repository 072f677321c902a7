import { useContext, useState } from "preact/hooks";
import { Paper } from "./paper.js";
import { t } from "../shared/l10n.js";

/** A column of a table: its head with the unit, and what it shows of a row. */
export interface Column<Row> {
  head: string;
  text: (row: Row, index: number) => string;
  /** Words are set left, numbers right. */
  words?: boolean;
}

/** The table behind a chart. Its rows are made when it is opened, for a front may have a thousand; on paper at once. */
export function DataTable<Row>(props: { name: string; columns: readonly Column<Row>[]; rows: readonly Row[] }) {
  const { name, columns, rows } = props;
  const paper = useContext(Paper);
  const [open, setOpen] = useState(false);
  return (
    <details class="table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {t("Show as table")}<span class="hidden">: {name}</span>
      </summary>
      {(open || paper) && (
        <div class="scroll" tabIndex={0} role="region" aria-label={name}>
          <table>
            <caption class="hidden">{name}</caption>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column.head} scope="col" class={column.words ? "words" : ""}>
                    {column.head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <tr key={index}>
                  {columns.map((column) => (
                    <td key={column.head} class={column.words ? "words" : ""}>
                      {column.text(row, index)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
