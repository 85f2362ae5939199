-- Each process keeps the keys it has seen; whatever changes one gives them a new mark, and every transaction of a
-- platform proves that its key was read under the mark that stands (guard/acting.py).
select guard_watch('keys', 'people_apikey');
