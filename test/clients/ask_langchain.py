"""Asks the server with LangChain; prints what came back as JSON."""

import json
import sys

from langchain_openai import ChatOpenAI

given = json.loads(sys.argv[1])
chat = ChatOpenAI(
    model=given["model"], base_url=given["base"], api_key="none is needed", temperature=0.3, max_retries=0
)
messages = [("system", "You are a shop assistant."), ("human", "a shampoo")]
answer = chat.invoke(messages)
streamed = "".join(chunk.text for chunk in chat.stream(messages))
form = chat.with_structured_output(given["schema"], method="json_schema", strict=True)
offered = chat.bind_tools([given["tool"]]).invoke(messages)
try:
    chat.bind_tools([given["tool"]], tool_choice="required").invoke(messages)
    refused = None
except Exception as error:
    refused = str(error)
print(
    json.dumps(
        {
            "text": answer.text,
            "tokens": answer.usage_metadata["output_tokens"],
            "streamed": streamed,
            "form": form.invoke(messages),
            "tool_calls": offered.tool_calls,
            "refused": refused,
        }
    )
)
