import { Agent, request } from 'node:http';

export interface LoadFigures {
  /** Milliseconds of each answered request, sorted. */
  milliseconds: number[];
  /** Requests by what came back: a status, or `lost` where nothing did. */
  outcomes: Record<string, number>;
  seconds: number;
}

/** Clients that each ask, wait for the whole answer, and ask again, for so many seconds. */
export async function loadServer(options: {
  url: string;
  clients: number;
  seconds: number;
  /** The body of each request. */
  body: (client: number, count: number) => string;
  /** Is the answer whole? */
  isWhole: (answer: string) => boolean;
}): Promise<LoadFigures> {
  const { url, clients, seconds, body, isWhole } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const milliseconds: number[] = [];
  const outcomes: Record<string, number> = {};
  const started = performance.now();
  const end = started + 1000 * seconds;
  const client = async (number: number) => {
    for (let count = 0; performance.now() < end; count++) {
      const asked = performance.now();
      const outcome = await post(url, agent, body(number, count), isWhole).catch(() => 'lost');
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      if (outcome === '200') milliseconds.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
  const took = (performance.now() - started) / 1000;
  agent.destroy();
  return { milliseconds: milliseconds.sort((a, b) => a - b), outcomes, seconds: took };
}

function post(
  url: string,
  agent: Agent,
  body: string,
  isWhole: (answer: string) => boolean,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const asked = request(url, { method: 'POST', agent, headers }, (response) => {
      let answer = '';
      response.setEncoding('utf8');
      response.on('data', (data) => {
        answer += data;
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve(response.statusCode !== 200 || isWhole(answer) ? String(response.statusCode) : 'broken'),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
