/**
 * Texts that put code tokens into every kind of surroundings: alone, in a row, at the start and the end, beside
 * letters, digits, punctuation, white space, other scripts, and beside what only looks like a code.
 */
export function textsWithCodes(tokens: readonly string[]): string[] {
  const at = (share: number) => tokens[Math.floor(share * (tokens.length - 1))];
  const [a, b, c, d] = [at(0), at(1 / 3), at(2 / 3), at(1)];
  const item = a + b + c + d;
  const beside = [
    ...[' ', '  ', '\n', '\n\n', '\r\n', '\t', '\u00a0', '\u200b', '\u3000'],
    ...[
      '.',
      ',',
      ', ',
      '; ',
      ':',
      '!',
      '?',
      '…',
      '—',
      '-',
      "'",
      "'s",
      '"',
      '“',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
    ],
    ...['<', '>', '<<', '>>', '</', '#', '$5.99', '%', '&amp;', '*', '/', '\\', '|', '_', '`', '~', '^', '='],
    ...[
      'a',
      'Z',
      'the',
      ' the',
      'the ',
      '7',
      '12',
      ' 345',
      'é',
      'e\u0301',
      'ß',
      'ﬁ',
      '½',
      'Ǆ',
      'Ω',
      '▁',
      'Ġ',
    ],
    ...['日本', '한국어', 'مرحبا', 'שלום', 'हिन्दी', 'ไทย', '🙂', '👩‍👩‍👧', '🇩🇪', "I'LL", "don't"],
  ];
  const lookalikes = [
    a.slice(0, -1),
    a.slice(1),
    a.toUpperCase(),
    a.replace(/\d+/, '99999999'),
    a.replace(/\d/, '0$&'),
  ];
  return [
    ...[a, d, item, item + item, a + a + a, `${a} ${b}`, `${a}, ${b}`, `${a},${b}`, `${a}\n${b}\n`],
    ...beside.flatMap((text) => [text + item, item + text, text + a + text, a + text + d]),
    ...lookalikes.filter((text) => !tokens.includes(text)).flatMap((text) => [text, text + b, b + text]),
    `The user has bought ${item}, ${b}${a} and ${item}; what comes next?`,
    `## History\n- ${item} "Shea butter, 8 oz."\n- ${d}${c} (new!)\n\nNext:`,
    `{"code": "${item}", "title": "naïve café"}`,
    `https://example.org/${a}?q=${b}#${c}`,
    ...['plain text without a code', '', ' ', '  two  spaces  ', 'naïve café 日本 🙂 12345'],
  ];
}
