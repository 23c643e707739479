// Events of the server: a zone stands at another position. What moved is asked for as always.
export interface LiveStream { close: () => void }
export interface Heard { opened: () => void; moved: (position: number) => void; lost: (isForGood: boolean) => void }

export function listen(zone: string, heard: Heard): LiveStream {
  const source = new EventSource(`/v1/live?zone=${encodeURIComponent(zone)}`);
  source.addEventListener('open', () => heard.opened());
  source.addEventListener('changed', (event) => {
    const { zones } = JSON.parse((event as MessageEvent<string>).data) as { zones: { zone: string; position: number }[] };
    const mine = zones.find((one) => one.zone === zone);
    if (mine) heard.moved(mine.position);
  });
  // The browser comes again by itself, but not after a refusal.
  source.addEventListener('error', () => heard.lost(source.readyState === EventSource.CLOSED));
  return { close: () => source.close() };
}
