// A list: a ring buffer, so that both ends and any index are reached at once.

const ELEMENT_BYTES = 24;
const CAPACITY_MIN = 8;

export class ListValue {
  readonly type = 'list';
  readonly encoding = 'quicklist';
  memoryBytes = ELEMENT_BYTES;
  #ring: string[] = new Array<string>(CAPACITY_MIN).fill('');
  #head = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  pushRight(element: string): void {
    this.#reserve();
    this.#ring[(this.#head + this.#size) & (this.#ring.length - 1)] = element;
    this.#grown(element);
  }

  pushLeft(element: string): void {
    this.#reserve();
    this.#head = (this.#head - 1) & (this.#ring.length - 1);
    this.#ring[this.#head] = element;
    this.#grown(element);
  }

  popRight(): string | undefined {
    if (this.#size === 0) return undefined;
    return this.#taken((this.#head + this.#size - 1) & (this.#ring.length - 1));
  }

  popLeft(): string | undefined {
    if (this.#size === 0) return undefined;
    const slot = this.#head;
    this.#head = (slot + 1) & (this.#ring.length - 1);
    return this.#taken(slot);
  }

  /** Element at 0 ≤ index < size. */
  at(index: number): string {
    return this.#ring[(this.#head + index) & (this.#ring.length - 1)]!;
  }

  replace(index: number, element: string): void {
    this.memoryBytes += element.length - this.at(index).length;
    this.#ring[(this.#head + index) & (this.#ring.length - 1)] = element;
  }

  /** Elements from index `from` up to, not including, `to`. */
  slice(from = 0, to = this.#size): string[] {
    const elements: string[] = [];
    for (let i = from; i < to; i++) elements.push(this.at(i));
    return elements;
  }

  /** Replaces all elements: for the commands that cut or insert in the middle. */
  refill(elements: readonly string[]): void {
    this.#ring = new Array<string>(CAPACITY_MIN).fill('');
    this.#head = 0;
    this.#size = 0;
    this.memoryBytes = ELEMENT_BYTES;
    for (const element of elements) this.pushRight(element);
  }

  copy(): ListValue {
    const copy = new ListValue();
    copy.refill(this.slice());
    return copy;
  }

  #grown(element: string): void {
    this.#size++;
    this.memoryBytes += ELEMENT_BYTES + element.length;
  }

  #taken(slot: number): string {
    const element = this.#ring[slot]!;
    this.#ring[slot] = '';
    this.#size--;
    this.memoryBytes -= ELEMENT_BYTES + element.length;
    return element;
  }

  /** Doubles a full ring, laying its elements out from slot 0. */
  #reserve(): void {
    if (this.#size < this.#ring.length) return;
    const elements = this.slice();
    this.#ring = elements.concat(new Array<string>(elements.length).fill(''));
    this.#head = 0;
  }
}
