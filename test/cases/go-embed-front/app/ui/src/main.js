const answer = await fetch('/api/hello');
document.querySelector('#notes').textContent = await answer.text();
