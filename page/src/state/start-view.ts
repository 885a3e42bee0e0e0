import { computed } from '@preact/signals';
import { about } from './about.ts';

/** What an address without a view opens: what the demo shows first, the shop, and elsewhere the conversation. */
export const startView = computed(() => (about.value?.demo ? 'shop' : 'ask'));
