// What AI.INFO tells of a model or a script: how often it ran, for how long, how many samples, how often in vain.

export class RunStatistics {
  calls = 0;
  errors = 0;
  samples = 0;
  microseconds = 0;

  succeeded(milliseconds: number, samples: number): void {
    this.calls += 1;
    this.samples += samples;
    this.microseconds += milliseconds * 1000;
  }

  failed(): void {
    this.calls += 1;
    this.errors += 1;
  }

  reset(): void {
    this.calls = 0;
    this.errors = 0;
    this.samples = 0;
    this.microseconds = 0;
  }
}
