-- en: What does each column mean? Every column of every table and view with its type and description.
-- zh: 每一列是什么意思？列出全部表与视图的列、类型与说明。
CREATE VIEW v_dictionary AS
SELECT
    table_name,  -- Table or view | 表或视图
    column_name,  -- Column | 列
    data_type,  -- Type | 类型
    is_nullable,  -- It may be empty | 可否为空
    comment AS description  -- What it means, in English and Chinese | 中英文说明
FROM duckdb_columns()
WHERE NOT internal AND database_name = current_database()
ORDER BY table_name, column_index;
