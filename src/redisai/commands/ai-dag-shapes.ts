// The shapes of the DAGs that came last: most DAGs are like one of them, and need not be read (ai-dag-shape.ts).
import type { Args } from '../resp/args.ts';
import type { DagRequest, ReadyDag } from './ai-dag-request.ts';
import { DagShape } from './ai-dag-shape.ts';
import type { Session } from './session.ts';

/** Shapes of as many arguments: other keys of models, other names. */
const SHAPES_PER_LENGTH_MAX = 4;
/** Numbers of arguments: they differ with the number of keys. */
const LENGTHS_MAX = 64;
/** Of so many DAGs that are like none, one is remembered: a client whose DAGs all differ must not pay for each. */
const REMEMBERED_OF = 8;

export class DagShapes {
  /** By number of arguments, the oldest first; the shapes of each with the one that fitted last in front. */
  readonly #byLength = new Map<number, DagShape[]>();
  #unknown = 0;

  /** What reading the words would give, if they are like those of an earlier DAG. @throws TensorError */
  find(session: Session, args: Args): ReadyDag | undefined {
    const shapes = this.#byLength.get(args.length);
    if (shapes === undefined) return undefined;
    for (let i = 0; i < shapes.length; i += 1) {
      const shape = shapes[i]!;
      if (!shape.fits(session, args)) continue;
      if (i > 0) toFront(shapes, i);
      return shape.make(session, args);
    }
    return undefined;
  }

  /** To be called with each DAG that `find` did not find and that could be read. */
  remember(args: Args, request: DagRequest): void {
    if (this.#unknown++ % REMEMBERED_OF !== 0) return;
    const shape = DagShape.of(args, request);
    if (shape === undefined) return;
    const shapes = this.#byLength.get(shape.length);
    if (shapes === undefined) this.#add(shape);
    else if (shapes.unshift(shape) > SHAPES_PER_LENGTH_MAX) shapes.pop();
  }

  #add(shape: DagShape): void {
    const [oldest] = this.#byLength.keys();
    if (oldest !== undefined && this.#byLength.size >= LENGTHS_MAX) this.#byLength.delete(oldest);
    this.#byLength.set(shape.length, [shape]);
  }
}

function toFront(shapes: DagShape[], at: number): void {
  const [shape] = shapes.splice(at, 1);
  shapes.unshift(shape!);
}
