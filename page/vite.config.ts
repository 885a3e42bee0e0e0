import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `npm run page` serves the sources beside a running `eager-llm serve`; the build goes where the server looks for it. */
export default defineConfig(({ command }) => {
  // Whatever the shell says: a build for development names the folders of its sources, and is slow.
  if (command === 'build') process.env.NODE_ENV = 'production';
  return {
    root: here('.'),
    base: './',
    publicDir: here('public'),
    cacheDir: here('../node_modules/.vite'),
    build: {
      outDir: here('../dist/page'),
      emptyOutDir: true,
      target: 'es2022',
      // The content security policy allows files of this server alone: nothing is put inline.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      // How long each plugin takes on a busy machine is no news.
      rolldownOptions: { checks: { pluginTimings: false } },
    },
    server: { proxy: { '/page': 'http://127.0.0.1:8080', '/v1': 'http://127.0.0.1:8080' } },
  };
});
