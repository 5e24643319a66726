namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>Resources in an order in which each comes after those that it refers to; those that refer to each other come together. Pure.</summary>
internal static class FhirCycles
{
    /// <summary>The strongly connected components (Tarjan, without recursion), targets first.</summary>
    /// <param name="targets">What each refers to; all of them are keys too.</param>
    public static IEnumerable<IReadOnlyList<int>> Of(IReadOnlyDictionary<int, IReadOnlyList<int>> targets)
    {
        Dictionary<int, int> numbers = [];
        Dictionary<int, int> lowest = [];
        HashSet<int> open = [];
        Stack<int> path = new();
        Stack<(int Node, int Next)> calls = new();
        foreach (int root in targets.Keys)
        {
            if (!numbers.ContainsKey(root))
            {
                Begin(root);
            }

            while (calls.TryPop(out (int Node, int Next) call))
            {
                if (call.Next < targets[call.Node].Count)
                {
                    calls.Push((call.Node, call.Next + 1));
                    int target = targets[call.Node][call.Next];
                    if (!numbers.TryGetValue(target, out int number))
                    {
                        Begin(target);
                    }
                    else if (open.Contains(target))
                    {
                        lowest[call.Node] = Math.Min(lowest[call.Node], number);
                    }

                    continue;
                }

                if (calls.TryPeek(out (int Node, int Next) caller))
                {
                    lowest[caller.Node] = Math.Min(lowest[caller.Node], lowest[call.Node]);
                }

                if (lowest[call.Node] == numbers[call.Node])
                {
                    yield return Close(call.Node);
                }
            }
        }

        void Begin(int node)
        {
            numbers[node] = lowest[node] = numbers.Count;
            open.Add(node);
            path.Push(node);
            calls.Push((node, 0));
        }

        List<int> Close(int first)
        {
            List<int> component = [];
            do
            {
                component.Add(path.Pop());
                open.Remove(component[^1]);
            }
            while (component[^1] != first);
            return component;
        }
    }
}
