describe('AppController (e2e)', () => {
  it('/ (GET)', () => undefined);
});
