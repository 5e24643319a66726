using RecordHub.Documents.Text;

namespace RecordHub.Documents.Hl7;

/// <summary>What a person would read of a message: orders as headings, observations as lines, report text as text.</summary>
internal static class Hl7Narrative
{
    public static void Write(Er7Message message, IReadOnlyList<DocumentObservation> observations, TextSink text)
    {
        int next = 0;
        bool underObservation = false;
        foreach (Er7Segment segment in message.Segments)
        {
            switch (segment.Name)
            {
                case "OBR":
                    underObservation = false;
                    Heading(segment, text);
                    break;
                case "OBX":
                    underObservation = true;
                    if (next < observations.Count)
                    {
                        Line(observations[next++], text);
                    }

                    break;
                case "NTE" when !underObservation:
                    foreach (Er7Field note in segment.Repetitions(3))
                    {
                        text.Line();
                        text.Write(note.AllText());
                    }

                    break;
                case "DG1" or "PRB" or "AL1" or "IAM" or "PR1":
                    underObservation = false;
                    Statement(segment, text);
                    break;
                case "RXA" or "RXE" or "RXO":
                    underObservation = false;
                    Statement(segment, text, segment.Name switch { "RXA" => 5, "RXE" => 2, _ => 1 });
                    break;
                default:
                    underObservation = underObservation && segment.Name == "NTE";
                    break;
            }
        }
    }

    private static void Heading(Er7Segment order, TextSink text)
    {
        DocumentCode service = Er7Types.Code(order.First(4));
        if ((service.Display ?? service.Code) is { } name)
        {
            text.Paragraph();
            text.Write(name);
            text.Line();
        }
    }

    private static void Line(DocumentObservation observation, TextSink text)
    {
        text.Line();
        bool prose = observation.ValueType is "TX" or "FT" && observation.Unit is null;
        if (!prose)
        {
            string name = observation.Code.Display ?? observation.Code.Code ?? string.Empty;
            text.Write(name.Length > 0 && observation.Value is not null ? name + ": " : name);
        }

        if (observation.Value is null)
        {
            // An empty TX is the sender's empty line.
            if (prose)
            {
                text.Break();
            }
        }
        else
        {
            text.Write(observation.Value);
        }

        if (observation.Unit is not null)
        {
            text.Write(" " + observation.Unit);
        }

        if (observation.ReferenceRange is not null)
        {
            text.Write($" [{observation.ReferenceRange}]");
        }

        if (observation.Flag is not null and not "N")
        {
            text.Write($" ({observation.Flag})");
        }

        if (observation.Note is not null)
        {
            text.Line();
            text.Write(observation.Note);
        }
    }

    private static void Statement(Er7Segment segment, TextSink text, int field = 3)
    {
        DocumentCode code = Er7Types.Code(segment.First(field));
        if ((code.Display ?? code.Code ?? (segment.Name == "DG1" ? segment.Text(4) : null)) is { } words)
        {
            string label = segment.Name switch
            {
                "DG1" => "Diagnosis",
                "PRB" => "Problem",
                "AL1" or "IAM" => "Allergy",
                "PR1" => "Procedure",
                "RXA" => "Given",
                _ => "Medication",
            };
            text.Line();
            text.Write($"{label}: {words}");
        }
    }
}
