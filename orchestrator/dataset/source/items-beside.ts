import { basename, dirname, join } from 'node:path';
import { isPattern } from '../../storage/files-matching.ts';
import { isThere } from '../../storage/is-there.ts';
import type { DatasetFormat } from '../settings.ts';

const amazonEnding = /\.(json|jsonl)(\.gz)?$/i;

/**
 * The file of item texts that belongs to a log's file by its name and lies beside it; null where there is none. What a
 * reader takes up by itself is asked for here, so that the key of the stage counts it, too.
 */
export function itemsBeside(format: DatasetFormat, log: string): string | null {
  return namesBeside(format, log).find((path) => path !== log && isThere(path)) ?? null;
}

function namesBeside(format: DatasetFormat, log: string): string[] {
  switch (format) {
    case 'lc-rec':
      return [log.replace(/\.inter\.json$/, '.item.json')];
    case 'recbole':
      return ['.item', '.item.gz'].map((ending) => log.replace(/\.inter(\.gz)?$/, ending));
    case 'amazon-2014':
    case 'amazon-2018':
    case 'amazon-2023': {
      const category = basename(log)
        .replace(amazonEnding, '')
        .replace(/^reviews_/, '')
        .replace(/_\d+$/, '');
      return ['.json.gz', '.json', '.jsonl.gz', '.jsonl'].map((ending) =>
        join(dirname(log), `meta_${category}${ending}`),
      );
    }
    case 'shopify':
    case 'woocommerce':
      if (isPattern(log)) return [join(dirname(log), 'products.csv')];
      return [
        join(
          dirname(log),
          basename(log).replace(/orders?/i, (word) =>
            word.replace(/order/, 'product').replace(/Order/, 'Product'),
          ),
        ),
      ];
    default:
      return [];
  }
}
