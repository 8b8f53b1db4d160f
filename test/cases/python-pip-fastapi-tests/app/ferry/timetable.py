def departures():
    return [{"to": "Amrum", "at": "08:15"}, {"to": "Sylt", "at": "09:40"}]
