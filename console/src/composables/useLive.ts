// Keeps what a place shows fresh: by events of the zone while it is looked at, by asking where there
// are none. A page in the background holds no connection: browsers have six for a server.
import { onBeforeUnmount } from 'vue';
import type { LiveStream } from '../api/live';
import { isDue, type Pace } from '../lib/pace';
import { useLiveEvents } from '../stores/liveStore';

const kTickMs = 250;
const kTryAgainMs = 60_000;

// `shown` is the position of what is shown; an event of the same one is no news.
export function useLive(zone: () => string, shown: () => number | undefined, load: () => Promise<void>, pace: Pace) {
  const events = useLiveEvents();
  const heard = { isLive: false, hasChanged: false, askedAt: Date.now() };
  let stream: LiveStream | null = null;
  let listened = '';
  let tryAgainAt = 0;
  let isAsking = false;

  function shut() {
    stream?.close();
    stream = null;
    heard.isLive = false;
  }
  function open() {
    if (stream && listened !== zone()) shut();
    if (stream || !zone() || Date.now() < tryAgainAt) return;
    listened = zone();
    stream = events.listen(listened, {
      opened: () => (heard.isLive = true),
      moved: (position) => (heard.hasChanged ||= position !== shown()),
      lost: (isForGood) => {
        heard.isLive = false;
        if (!isForGood) return;
        shut();
        tryAgainAt = Date.now() + kTryAgainMs;
      },
    });
  }
  async function tick() {
    if (document.hidden) return shut();
    open();
    if (isAsking || !isDue(pace, heard, Date.now())) return;
    isAsking = true;
    heard.hasChanged = false;
    await load();
    heard.askedAt = Date.now();
    isAsking = false;
  }
  const ticking = window.setInterval(tick, kTickMs);
  onBeforeUnmount(() => {
    window.clearInterval(ticking);
    shut();
  });
}
