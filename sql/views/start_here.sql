-- en: What is in this file? Every table, view and macro with what it answers.
-- zh: 这个文件里有什么？列出全部表、视图与宏及其用途。
CREATE VIEW start_here AS
SELECT
    kind,  -- What it is: view, macro or table | view 视图、macro 宏、table 表
    name,  -- How to call it | 名称
    about  -- What it holds or which question it answers | 内容或所回答的问题
FROM (
    SELECT 1 AS place, 'view' AS kind, view_name AS name, comment AS about
    FROM duckdb_views()
    WHERE NOT internal AND database_name = current_database() AND view_name <> 'start_here'
    UNION ALL
    SELECT 2, 'macro', function_name || '(' || array_to_string(parameters, ', ') || ')', comment
    FROM duckdb_functions()
    WHERE NOT internal AND database_name = current_database()
    UNION ALL
    SELECT 3, 'table', table_name, comment
    FROM duckdb_tables()
    WHERE NOT internal AND database_name = current_database()
)
ORDER BY place, name;
