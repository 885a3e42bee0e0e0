/** A conversation asks for the same words again and again; answers are kept for so many. */
const most = 500;

/** Remembers what a costly look gave for the same question; what it gives must not be changed. */
export function kept<Asked, Found>(look: (asked: Asked) => Found): (asked: Asked) => Found {
  const known = new Map<string, Found>();
  return (asked) => {
    const key = JSON.stringify(asked);
    const found = known.get(key) ?? look(asked);
    if (known.size >= most) known.clear();
    known.set(key, found);
    return found;
  };
}
