import { useSignal } from '@preact/signals';
import type { NewsAnswer } from '../../../orchestrator/server/page/wire.ts';
import { usePoll } from '../api/poll.ts';
import { ownFailure } from '../api/reach.ts';
import { getJson, RequestError } from '../api/request.ts';
import type { Part } from './curves.ts';

export type RunEvent = Record<string, unknown> & { at: string; stage: string; type: string };

export interface Followed {
  status: NewsAnswer['status'];
  record: NewsAnswer['record'];
  failure: NewsAnswer['failure'];
  planned: NewsAnswer['planned'];
  worked_at: NewsAnswer['worked_at'];
  stages: NewsAnswer['stages'];
  events: RunEvent[];
  parts: Part[];
}

/** Where a stage failed, how, and what to do about it. */
export function sayFailure({ message, place, remedy }: RunEvent | NonNullable<Followed['failure']>): string {
  return `${place ? `${place}: ` : ''}${message}${remedy ? ` → ${remedy}` : ''}`;
}

/** A run as it stands, kept up to date while it runs. Null until it is read; an error once there is no such run. */
export function useRunNews(name: string): { followed: Followed | null; error: Error | null } {
  const followed = useSignal<Followed | null>(null);
  const error = useSignal<Error | null>(null);
  const cursor = useSignal<string | null>(null);
  usePoll(
    async (signal) => {
      try {
        let more = true;
        while (more) {
          const query = cursor.value ? `?cursor=${cursor.value}` : '';
          const news = await getJson<NewsAnswer>(`page/runs/${name}/news${query}`, signal);
          followed.value = withNews(followed.value, news);
          cursor.value = news.cursor;
          more = news.more;
        }
        error.value = null;
        return followed.value?.status === 'running';
      } catch (cause) {
        if (signal.aborted) return false;
        error.value = ownFailure(cause as Error);
        // What is not there, or is called by no name of a run, will not be there in a second either.
        return !(cause instanceof RequestError && [400, 404].includes(cause.status));
      }
    },
    1,
    name,
  );
  return { followed: followed.value, error: error.value };
}

function withNews(before: Followed | null, news: NewsAnswer): Followed {
  const parts = new Map((before?.parts ?? []).map((part) => [part.name, part]));
  for (const { part, anew, records } of news.metrics) {
    const known = anew ? [] : (parts.get(part)?.records ?? []);
    if (records.length > 0 || !parts.has(part))
      parts.set(part, { name: part, records: [...known, ...records] });
  }
  return {
    status: news.status,
    record: news.record,
    failure: news.failure,
    planned: news.planned,
    worked_at: news.worked_at,
    stages: news.stages,
    events: [...(before?.events ?? []), ...(news.events as RunEvent[])],
    parts: [...parts.values()].sort((a, b) => a.name.localeCompare(b.name)),
  };
}
