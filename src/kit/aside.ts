/** Programs that stand beside the one that serves: what talks to it, fills or checks its data. Words joined by `-` or `_`. */
const ASIDE =
  /(^|[-_])(clients?|cli|ctl|admin|console|migrat(e|or|ions?)|seed(er)?|setup|loadtest|stress|bench(mark)?|simulator|debug|playground|lint|docs?|openapi|swagger|health-?check|probe|keygen|certgen|gen(erator)?)$|ctl$/;

/** Of several programs those that can be what ships: none that stands beside another by its name. */
export function withoutAside<T>(all: readonly T[], nameOf: (one: T) => string): readonly T[] {
  const rest = all.filter((one) => !ASIDE.test(nameOf(one)));
  return rest.length > 0 ? rest : all;
}
