require('csv-parse');
