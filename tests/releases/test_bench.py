from pipeline.releases.bench import main


def test_the_benchmark_releases_generated_claims_three_times(capsys):
    assert main(["2000", "--formats", "parquet", "csv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines if " s " in line] == ["first release", "second release", "nothing new"]


def test_a_limit_that_is_passed_fails(capsys):
    assert main(["500", "--formats", "parquet", "--gigabytes", "0.001"]) == 1
