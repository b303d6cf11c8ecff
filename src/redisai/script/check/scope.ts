// Which names stand for what at a point of a function: their types, and what `is None` has told about them.
import { isSubtype, join, sameType, type Type } from './type.ts';

export interface Variable {
  /** What may be assigned to it from inside a block. */
  readonly declared: Type;
  /** What is known here: a subtype of `declared`, or for Any what isinstance has said. */
  readonly current: Type;
  /** True where an annotation fixed the declared type. */
  readonly annotated: boolean;
}

/** Facts that hold where a condition is true, and where it is false. */
export interface Refinements {
  readonly whenTrue: ReadonlyMap<string, Type>;
  readonly whenFalse: ReadonlyMap<string, Type>;
}

export const NO_REFINEMENTS: Refinements = { whenTrue: new Map(), whenFalse: new Map() };

export class Scope {
  readonly #variables: Map<string, Variable>;
  /** Names of this block itself, whose type an assignment may change. */
  readonly #own = new Set<string>();
  /** Why a name cannot be used after branches that disagree. */
  readonly #lost: Map<string, string>;

  constructor(variables: ReadonlyMap<string, Variable> = new Map(), lost: ReadonlyMap<string, string> = new Map()) {
    this.#variables = new Map(variables);
    this.#lost = new Map(lost);
  }

  /** The scope of a block inside this one. */
  fork(refined: ReadonlyMap<string, Type> = new Map()): Scope {
    const inner = new Scope(this.#variables, this.#lost);
    inner.refine(refined);
    return inner;
  }

  get(name: string): Variable | undefined {
    return this.#variables.get(name);
  }

  whyLost(name: string): string | undefined {
    return this.#lost.get(name);
  }

  /** @returns what is wrong with the assignment, if anything */
  assign(name: string, type: Type, annotation?: Type): string | undefined {
    const before = this.#variables.get(name);
    const fixed = before !== undefined && (before.annotated || !this.#own.has(name));
    if (!fixed || (annotation !== undefined && this.#own.has(name))) {
      this.#variables.set(name, { declared: annotation ?? type, current: type, annotated: annotation !== undefined });
      this.#own.add(name);
      this.#lost.delete(name);
      return undefined;
    }
    const { declared } = before;
    if (!isSubtype(type, declared) || (annotation !== undefined && !sameType(annotation, declared))) return 'retyped';
    this.#variables.set(name, { ...before, current: type });
    return undefined;
  }

  refine(facts: ReadonlyMap<string, Type>): void {
    for (const [name, current] of facts) {
      const variable = this.#variables.get(name);
      if (variable !== undefined) this.#variables.set(name, { ...variable, current });
    }
  }

  /** Forgets what was known beyond the declared types: the start of a loop that assigns these names. */
  widen(names: Iterable<string>): void {
    for (const name of names) {
      const variable = this.#variables.get(name);
      if (variable !== undefined) this.#variables.set(name, { ...variable, current: variable.declared });
    }
  }

  /** Takes over what holds after one branch, or after either of two. */
  adopt(branches: readonly Scope[]): void {
    const [first, second] = branches;
    if (first === undefined) return;
    const merged = second === undefined ? first.#variables : this.#merge(first, second);
    for (const [name, variable] of merged) {
      if (!this.#variables.has(name)) this.#own.add(name);
      this.#variables.set(name, variable);
    }
    for (const branch of branches) for (const [name, why] of branch.#lost) this.#lost.set(name, why);
  }

  #merge(a: Scope, b: Scope): Map<string, Variable> {
    const merged = new Map<string, Variable>();
    for (const name of new Set([...a.#variables.keys(), ...b.#variables.keys()])) {
      const left = a.#variables.get(name);
      const right = b.#variables.get(name);
      const current = left && right ? join(left.current, right.current) : undefined;
      if (left === undefined || right === undefined) this.#lost.set(name, `${name} is not defined in both branches`);
      else if (current !== undefined) merged.set(name, this.#joined(name, left, right, current));
      else if (this.#variables.has(name)) merged.set(name, { ...left, current: left.declared });
      else this.#lost.set(name, `${name} has different types in the two branches`);
    }
    return merged;
  }

  #joined(name: string, left: Variable, right: Variable, current: Type): Variable {
    if (this.#variables.has(name)) return { ...left, current };
    return {
      declared: join(left.declared, right.declared) ?? current,
      current,
      annotated: left.annotated && right.annotated,
    };
  }
}
