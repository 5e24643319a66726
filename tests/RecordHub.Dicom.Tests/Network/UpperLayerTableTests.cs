using NUnit.Framework;
using RecordHub.Dicom.Network;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>The switch against the standard's table, for both roles.</summary>
public sealed class UpperLayerTableTests
{
    [TestCase(true)]
    [TestCase(false)]
    public void Every_cell_is_the_standards(bool isRequestor)
    {
        Assert.Multiple(() =>
        {
            for (int happened = 1; happened <= 19; happened++)
            {
                for (int state = 1; state <= 13; state++)
                {
                    Assert.That(
                        Cell((UpperLayerState)state, (UpperLayerEvent)happened, isRequestor),
                        Is.EqualTo(StandardTable.Cell(state, happened, isRequestor)),
                        $"event {happened} in state {state}");
                }
            }
        });
    }

    private static string Cell(UpperLayerState state, UpperLayerEvent happened, bool isRequestor)
    {
        try
        {
            (UpperLayerAction action, UpperLayerState next) = UpperLayerTable.On(state, happened, isRequestor);
            return $"{action.ToString().ToUpperInvariant()}/{(int)next}";
        }
        catch (InvalidOperationException)
        {
            return "-";
        }
    }
}
