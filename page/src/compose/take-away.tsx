import { Command } from '../parts/command.tsx';
import { CopyButton } from '../parts/copy-button.tsx';

/** The recipe for elsewhere: as text, as a file, and the command that runs the file. */
export function TakeAway({ name, text }: { name: string; text: string }) {
  // What the field of the name would refuse is no file name either.
  const run = /^[\w][\w.-]*$/.test(name) ? name : 'my-run';
  const file = `${run}.yaml`;
  return (
    <div class="take-away">
      <CopyButton text={text} label="Copy the recipe" />
      <button type="button" onClick={() => save(file, text)}>
        Save it as a file
      </button>
      {/* Paths in it are read from there, as they are here. */}
      <Command what="and, where this server was started:" line={`npx eager-llm run ${file} --run ${run}`} />
    </div>
  );
}

function save(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  link.download = name;
  link.click();
  // A browser may read it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
