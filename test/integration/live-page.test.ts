// Promise: the live page shows what happens, in a real browser and under its own content security policy: traffic, an
// engine that goes away, a consumer that ends; and what it lets one run leaves nothing behind.
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, describe } from 'vitest';
import { run, Run } from '../helpers/command-line.ts';
import { serve } from '../helpers/serving-engine.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const describeWithBrowser =
  CHROMIUM === undefined
    ? (name: string, body: () => void) => describe.skip(`${name} [skipped: no Chromium in /usr/bin]`, body)
    : describeWithKafka;

describeWithBrowser('the live page', () => {
  let stage: Stage;
  let engine: Run;
  let consumer: Run;
  let browser: Browser;
  let page: Page;
  let environment: Record<string, string>;
  const complaints: string[] = [];

  beforeAll(async () => {
    stage = new Stage('live-page');
    const serving = await serve();
    engine = serving.engine;
    environment = { ...stage.environment, REDISAI_URL: serving.url };
    await stage.createTopics();
    await run(['provision', '--references', '50'], environment);
    consumer = new Run(['consume', '--metrics-port', '0', '--engine-timeout-ms', '500'], environment);
    await consumer.untilSays(/metrics, health and live page/);
    // A container has no sandbox of its own to give.
    browser = await chromium.launch({ executablePath: CHROMIUM!, args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(/"url":"([^"]+)"/.exec(consumer.stderr)![1]!);
  });
  afterAll(async () => {
    await browser.close();
    await consumer.interrupt();
    await engine.interrupt();
  });
  const shows = (id: string, words: RegExp): Promise<unknown> =>
    page.locator(`#${id}`).filter({ hasText: words }).waitFor({ timeout: 30_000 });

  it('says that nothing comes, then what does', async () => {
    await shows('state', /^Idle$/);
    await run(['replay', '--rows', '600'], environment);
    await shows('state', /^Scoring$/);
    await shows('scored', /^600 since the start$/);
    await shows('lag', /^0$/);
    expect(await page.locator('#partitions tr').count()).toBe(4);
    expect(await page.locator('#rate-chart path').count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });

  it('shows models and script, and runs both without leaving a key', async () => {
    await shows('source', /def hashes_to_tensor/);
    expect(await page.locator('#shard-label').isVisible(), 'a choice of one').toBe(false);
    const keys = (): Promise<string> => sizeOf(new URL(environment['REDISAI_URL']!));
    const before = await keys();
    await page.getByRole('button', { name: 'Run', exact: true }).focus();
    await page.keyboard.press('Enter');
    await shows('run-result', /^\(1, 256\) = \[/);
    await page.locator('#run-what').selectOption(`fraud_detection_model{${stage.tag}}_CPU`);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await shows('run-result', /^\(1, 2\) = \[[\d.e-]+, [\d.e-]+\] in /);
    expect(await keys()).toBe(before);
    expect(complaints).toEqual([]);
  });

  it('fits a telephone, and the dark', async () => {
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 400, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  it('says that the engine went away, then that the consumer did', async () => {
    await engine.interrupt();
    await shows('state', /^Engine down$/);
    await shows('trouble', /^engine: /);
    await consumer.interrupt();
    await shows('state', /^Disconnected$/);
  });
});

/** DBSIZE, as the wire has it. */
function sizeOf({ hostname, port }: URL): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write('DBSIZE\r\n'));
    socket.on('error', reject).once('data', (reply: Buffer) => {
      resolve(reply.toString());
      socket.destroy();
    });
  });
}
