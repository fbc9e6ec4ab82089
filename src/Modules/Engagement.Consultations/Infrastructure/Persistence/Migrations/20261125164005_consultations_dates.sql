-- Dates that the law counts from and that no notice is, as they really were, by input.
alter table consultations.notice_list add column happened jsonb not null default '{}';
