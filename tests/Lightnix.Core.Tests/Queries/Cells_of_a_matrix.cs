namespace Lightnix.Queries;

/// <summary>Stages of a graph that are cells of one matrix are found by their names and parameters.</summary>
public sealed class Cells_of_a_matrix
{
    [Fact]
    public void Are_one_node_sorted_by_numbers()
    {
        var node = Assert.Single(MatrixCells.Group([Stage("t-10", "x=10"), Stage("t-2", "x=2"), Stage("t-0_5", "x=0.5")]));

        Assert.Equal(("t", "x"), (node.Name, Assert.Single(node.Axes)));
        Assert.Equal(["t-0_5", "t-2", "t-10"], node.Stages.Select(s => s.Name));
    }

    [Fact]
    public void Have_the_order_of_axes_that_fits_all_of_them()
    {
        var node = Assert.Single(MatrixCells.Group(
            [Stage("t-1-1", "a=1;b=1;c=1"), Stage("t-1-2", "a=2;b=1;c=1"), Stage("t-2-1", "a=1;b=2;c=1"), Stage("t-2-2", "a=2;b=2;c=1")]));

        Assert.Equal("b a", string.Join(' ', node.Axes));
    }

    [Fact]
    public void Are_no_stages_with_other_names()
    {
        var nodes = MatrixCells.Group([Stage("train-old", "x=1"), Stage("train-1", "x=1"), Stage("train-2", "x=2"), Stage("a-b", "")]);

        Assert.Equal([("a-b", 1), ("train", 2), ("train-old", 1)], nodes.Select(n => (n.Name, n.Stages.Length)));
    }

    [Fact]
    public void Are_found_where_values_have_dashes_and_many_parameters_are_equal()
    {
        var dashes = MatrixCells.Group([Stage("t-a-b-1", "kind=a-b;n=1"), Stage("t-a-b-2", "kind=a-b;n=2")])[0];
        Assert.Equal("kind n", string.Join(' ', dashes.Axes));
        var equal = string.Join(';', Enumerable.Range(0, 30).Select(i => $"p{i}=1"));
        var name = "t" + string.Concat(Enumerable.Repeat("-1", 28));
        var alone = MatrixCells.Group([Stage($"{name}-x", equal), Stage($"{name}-y", equal)]);
        Assert.Equal([$"{name}-x", $"{name}-y"], alone.Select(n => n.Name));
    }

    static GraphStage Stage(string name, string parameters) => new(
        name, "command", StageState.Chosen,
        parameters.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('='))
            .ToImmutableSortedDictionary(p => p[0], p => p[1], StringComparer.Ordinal),
        []);
}
