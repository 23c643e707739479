import { defineStore } from 'pinia';
import { listen } from '../api/live';

export const useLiveEvents = defineStore('live', () => ({ listen }));
