const answer = await fetch(`${import.meta.env.VITE_POLL_PATH ?? '/api'}/votes`);
document.body.append(await answer.text());

export {};
