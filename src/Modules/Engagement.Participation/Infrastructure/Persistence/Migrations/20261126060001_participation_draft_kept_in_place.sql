-- Each page of the form that is kept changes the draft. An index of the time of it made every change write to all indexes of the table, for one
-- job that looks through the drafts every few minutes; without it, and with room beside each draft, the change stays on its page.
drop index participation.draft_by_change;
alter table participation.draft set (fillfactor = 50);
