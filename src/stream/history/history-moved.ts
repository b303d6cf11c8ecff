// What ends a batch whose history in the engine is not the one it has to be scored on: the partition is taken over anew.

export class HistoryMoved extends Error {
  constructor(expected: string, found: string) {
    super(`the history in the engine reaches to ${found}, and not to ${expected}`);
    this.name = 'HistoryMoved';
  }
}
