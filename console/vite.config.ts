import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [vue()],
  build: {
    outDir: '../build/console/dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    // Few requests for the first page: what every place uses is one file, its libraries another.
    rolldownOptions: { output: { codeSplitting: { groups: [
      { name: 'vendor', test: /node_modules[\\/](@?vue|pinia|vue-router)/ },
      { name: 'shared', test: /src[\\/](api|lib|stores|composables|text|panels[\\/]sparkline|panels[\\/]growth_line|components[\\/](ProblemNote|FigureValue|SparkLine|AppRail))/ },
    ] } } },
  },
  test: { include: ['src/**/*.spec.ts'], environment: 'node' },
});
