using NUnit.Framework;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>Opens an empty store for each test.</summary>
public abstract class StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    protected THarness Store { get; private set; } = null!;

    protected static CancellationToken None => CancellationToken.None;

    [SetUp]
    public Task OpenAsync()
    {
        Store = new THarness();
        return Store.OpenAsync();
    }

    [TearDown]
    public async Task CloseAsync() => await Store.CloseAsync();
}
