// The live page's first module: listens to the server and shows what it says; says itself when the server does not.
import type { Snapshot } from '../live/snapshot.ts';
import { byId, say } from './dom.ts';
import { look, startEngineView } from './engine-view.ts';
import { showSnapshot } from './stream-view.ts';

let last: Snapshot | undefined;

function listen(): void {
  // The browser connects again by itself.
  const events = new EventSource('api/events');
  events.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const wasUp = engineIsUp(last);
    last = JSON.parse(data) as Snapshot;
    showSnapshot(last);
    if (wasUp !== engineIsUp(last)) void look();
  });
  events.addEventListener('error', () => {
    document.body.dataset['state'] = 'disconnected';
    say('state', 'Disconnected');
    byId('trouble').hidden = false;
    say(
      'trouble',
      'The consumer does not answer. What stands here is the last that was heard; this page tries again by itself.',
    );
  });
}

const engineIsUp = (snapshot: Snapshot | undefined): boolean | undefined =>
  snapshot?.checks.find(({ name }) => name === 'engine')?.ok;

// Charts are drawn to the size of their boxes.
window.addEventListener('resize', () => {
  if (last !== undefined) showSnapshot(last);
});
startEngineView();
listen();
