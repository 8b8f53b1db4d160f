exports.greeting = 'thumbnails';
