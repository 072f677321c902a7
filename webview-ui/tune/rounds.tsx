import { share } from "../profile/text.js";
import type { TuneCard } from "../types.js";
import { signedShare } from "./text.js";

interface Row {
  name: string;
  note: string;
  architectures: number;
  error: number | null;
  level: { factor: number; disagreement: number };
  suspect: boolean;
}

/** The batches in turn: what each measured, how wrong the predictor was before it, how the machine stood that day. */
export function Rounds({ result }: { result: TuneCard }) {
  const rows: Row[] = [
    ...result.rounds.map(({ candidates, error, level, suspect }, i) => ({ name: `Round ${i + 1}`, note: i === 0 ? "predictor as profiled" : "predictor corrected", architectures: candidates.length, error, level, suspect })),
    ...result.confirmations.map(({ architectures, level, suspect, kept }) => ({ name: "Confirming", note: kept ? "the winner once more" : "a winner that gave way", architectures, error: null, level, suspect })),
  ];
  return (
    <section class="errors rounds">
      <h2>What was measured</h2>
      <table>
        <caption class="hidden">Batches of the run: architectures measured, error of the predictor before the correction, level of the machine</caption>
        <thead>
          <tr>
            <th scope="col" class="words">Batch</th>
            <th scope="col">Networks</th>
            <th scope="col">Error</th>
            <th scope="col">Level</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, note, architectures, error, level, suspect }, i) => (
            <tr key={i}>
              <th scope="row" class="words">
                {name}
                <small>{suspect ? "suspect: the machine was busy" : note}</small>
              </th>
              <td>{architectures}</td>
              <td>{error === null ? "–" : share(error)}</td>
              <td>{signedShare(1 / level.factor - 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="dim note">
        Error: mean difference of measured and predicted before the batch corrected the predictor. Level: time the machine needed,
        by its reference networks, against the day of the profile; it is divided out.
      </p>
    </section>
  );
}
