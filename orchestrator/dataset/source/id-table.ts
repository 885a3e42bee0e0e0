/**
 * Distinct ids without NUL, numbered from 0 in the order in which they first come. Their bytes (UTF-8) are kept once; they are found by
 * a hash table with linear probing, so that a log of millions of users costs no text for each of its lines.
 */
export interface IdTable {
  size(): number;
  /** The number of an id; a new one, where it was not there before. */
  numberOf(id: string): number;
  /** The same for many ids in a text: number n is that of the id from `starts[n]` until before `ends[n]`. */
  numbersOf(source: Uint8Array, spans: Spans, numbers: Int32Array): void;
  textOf(number: number): string;
  /** No id is to come any more: what finds them is given back. */
  seal(): void;
  /** Forgets all ids, and gives their memory back. */
  clear(): void;
}

/** The first `count` places in a text. */
export interface Spans {
  starts: Int32Array;
  ends: Int32Array;
  count: number;
}

/**
 * A slot holds three words and a number. The words of an id of up to 12 bytes are its bytes, so that nothing but the slot
 * need be looked at, which lies far from the last one: memory, not arithmetic, is what a lookup waits for. Those of a longer
 * one are made of it, and its number is kept negative: its bytes have to be compared, too. 0 = the slot is empty.
 */
const slotShift = 2;
const slotWords = 1 << slotShift;
const longestInline = 12;
/** At most two thirds of the slots are taken. */
const fullest = 2 / 3;
/** What is known of so many ids stays near the processor. */
const batch = 1024;

export function createIdTable(): IdTable {
  let count = 0;
  /** The bytes of id n end at `ends[n + 1]`. */
  let bytes: Buffer = Buffer.allocUnsafe(1 << 12);
  let ends = new Float64Array(1 << 8);
  let slots = new Int32Array(slotWords << 8);
  let scratch: Buffer = Buffer.allocUnsafe(1 << 8);
  const words = new Int32Array(batch * 3);
  const likely = new Int32Array(batch);

  const isAt = (number: number, source: Uint8Array, start: number, end: number): boolean => {
    const from = ends[number];
    if (ends[number + 1] - from !== end - start) return false;
    for (let at = start, own = from; at < end; at++, own++) if (source[at] !== bytes[own]) return false;
    return true;
  };
  const add = (source: Uint8Array, start: number, end: number): number => {
    const from = ends[count];
    const to = from + end - start;
    if (to > bytes.length) bytes = grownBytes(bytes, to);
    for (let at = start, own = from; at < end; at++, own++) bytes[own] = source[at];
    if (count + 2 > ends.length) {
      const more = new Float64Array(ends.length * 2);
      more.set(ends);
      ends = more;
    }
    ends[count + 1] = to;
    return count++;
  };
  const spread = () => {
    const old = slots;
    slots = new Int32Array(old.length * 2);
    for (let from = 0; from < old.length; from += slotWords) {
      if (old[from + 3] === 0) continue;
      let to = firstSlot(old[from], old[from + 1], old[from + 2], slots.length);
      while (slots[to + 3] !== 0) to = nextSlot(to, slots.length);
      for (let word = 0; word < slotWords; word++) slots[to + word] = old[from + word];
    }
  };
  /** The number of the id whose words are number `at` of `words`. */
  const numberAt = (at: number, source: Uint8Array, start: number, end: number): number => {
    const [one, two, three] = [words[at * 3], words[at * 3 + 1], words[at * 3 + 2]];
    const isLong = end - start > longestInline;
    let slot = firstSlot(one, two, three, slots.length);
    for (; slots[slot + 3] !== 0; slot = nextSlot(slot, slots.length)) {
      if (slots[slot] !== one || slots[slot + 1] !== two || slots[slot + 2] !== three) continue;
      const found = slots[slot + 3];
      if (isLong ? found < 0 && isAt(-found - 1, source, start, end) : found > 0) return Math.abs(found) - 1;
    }
    const number = add(source, start, end);
    slots[slot] = one;
    slots[slot + 1] = two;
    slots[slot + 2] = three;
    slots[slot + 3] = isLong ? -count : count;
    if (count * slotWords > slots.length * fullest) spread();
    return number;
  };
  const checkOpen = () => {
    if (slots.length === 0) throw new Error('no id can be added to a table that is sealed');
  };
  return {
    size: () => count,
    numberOf(id) {
      checkOpen();
      if (id.length * 3 > scratch.length) scratch = Buffer.allocUnsafe(id.length * 6);
      const end = scratch.write(id);
      putWords(scratch, 0, end, words, 0);
      return numberAt(0, scratch, 0, end);
    },
    numbersOf(source, { starts, ends: spanEnds, count: all }, numbers) {
      checkOpen();
      for (let first = 0; first < all; first += batch) {
        const size = Math.min(batch, all - first);
        for (let at = 0; at < size; at++)
          putWords(source, starts[first + at], spanEnds[first + at], words, at);
        // All slots are looked at in a row, before anything depends on one: the processor waits for many at once.
        for (let at = 0; at < size; at++) {
          const [one, two, three] = [words[at * 3], words[at * 3 + 1], words[at * 3 + 2]];
          const slot = firstSlot(one, two, three, slots.length);
          const isSame = slots[slot] === one && slots[slot + 1] === two && slots[slot + 2] === three;
          likely[at] = isSame ? slots[slot + 3] : 0;
        }
        for (let at = 0; at < size; at++) {
          const [start, end] = [starts[first + at], spanEnds[first + at]];
          const isInline = likely[at] > 0 && end - start <= longestInline;
          numbers[first + at] = isInline ? likely[at] - 1 : numberAt(at, source, start, end);
        }
      }
    },
    textOf: (number) => bytes.toString('utf8', ends[number], ends[number + 1]),
    seal() {
      slots = new Int32Array(0);
    },
    clear() {
      count = 0;
      bytes = Buffer.allocUnsafe(1 << 12);
      ends = new Float64Array(1 << 8);
      slots = new Int32Array(slotWords << 8);
    },
  };
}

/** The words of the id from `start` until before `end`, as number `at` of `words`. */
function putWords(source: Uint8Array, start: number, end: number, words: Int32Array, at: number): void {
  const inline = Math.min(end, start + longestInline);
  let [one, two, three] = [0, 0, 0];
  let from = start;
  for (let shift = 0; from < inline && shift < 32; from++, shift += 8) one |= source[from] << shift;
  for (let shift = 0; from < inline && shift < 32; from++, shift += 8) two |= source[from] << shift;
  for (let shift = 0; from < inline; from++, shift += 8) three |= source[from] << shift;
  // FNV-1a over what is behind them.
  for (; from < end; from++) three = Math.imul(three ^ source[from], 0x01000193);
  words[at * 3] = one;
  words[at * 3 + 1] = two;
  words[at * 3 + 2] = three;
}

function firstSlot(one: number, two: number, three: number, length: number): number {
  let hash = Math.imul(one, 0x85ebca6b) ^ Math.imul(two, 0xc2b2ae35) ^ Math.imul(three, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) << slotShift) & (length - slotWords);
}

function nextSlot(slot: number, length: number): number {
  return (slot + slotWords) & (length - slotWords);
}

function grownBytes(bytes: Buffer, needed: number): Buffer {
  const wider = Buffer.allocUnsafe(Math.max(needed, bytes.length * 2));
  bytes.copy(wider);
  return wider;
}
