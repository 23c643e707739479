// The big screens, each served under /screens/. A new one adds its line here.
import type { Title } from '../api/types';

export interface Screen { path: string; title: Title }
export const screens: Screen[] = [];
