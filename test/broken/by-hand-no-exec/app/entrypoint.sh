#!/bin/sh
echo starting
node server.js
echo ended
