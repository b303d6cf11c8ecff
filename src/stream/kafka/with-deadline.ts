// For goodbyes: waits for work no longer than so long, and does not care how it ends.

export async function withDeadline(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work.catch(() => {}), deadline]);
  clearTimeout(timer);
}
