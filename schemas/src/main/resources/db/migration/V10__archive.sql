-- Where tasks that ended long ago lie, so that lists and their indexes stay small. A column that tasks or task_history get, these get too.
CREATE TABLE tasks_archive LIKE tasks;
CREATE TABLE task_history_archive LIKE task_history;
