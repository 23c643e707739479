import { computed } from 'vue';
import type { Speech } from '../lib/cell';
import { language, t } from '../text/text';

export const speech = computed<Speech>(() => ({ yes: t('form.yes'), no: t('form.no'), language: language.value }));
