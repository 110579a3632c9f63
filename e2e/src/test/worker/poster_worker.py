#!/usr/bin/env python3
"""A worker of a poster design agent, as it was before Millrace: it makes exactly the calls that its backend's client made.

Usage: poster_worker.py BASE_URL API_KEY TASK_ID [--fail]

BackendClient is the client as those workers ship it: one aiohttp session whose headers carry the API key and, for every
request, Content-Type: application/json, multipart uploads included. What stands behind the workflow's steps is small: a gradient as the
preview, an empty document as the source. Prints one JSON line at the end; exits 1 when the workflow failed.
"""

import asyncio
import json
import struct
import sys
import zlib
from dataclasses import dataclass
from typing import Any, Dict, List, Optional

import aiohttp


@dataclass
class TaskProgress:
    phase: str
    percentage: float
    message: str
    details: Optional[Dict[str, Any]] = None


@dataclass
class PosterData:
    task_id: str
    width: int
    height: int
    background: str
    preview_url: str
    source_url: str
    metadata: Dict[str, Any]


@dataclass
class ElementData:
    layer_id: str
    type: str
    transform: Dict[str, float]
    style: Dict[str, Any]
    content: Dict[str, Any]


class BackendClient:
    def __init__(self, base_url: str, api_key: str):
        self.base_url = base_url
        self.api_key = api_key
        self.session = None

    async def __aenter__(self):
        self.session = aiohttp.ClientSession(
            headers={
                "Authorization": f"Bearer {self.api_key}",
                "Content-Type": "application/json",
            }
        )
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        if self.session:
            await self.session.close()

    async def get_task(self, task_id: str) -> Dict[str, Any]:
        async with self.session.get(f"{self.base_url}/api/v1/tasks/{task_id}") as resp:
            data = await resp.json()
            return data["data"]

    async def update_progress(self, task_id: str, progress: TaskProgress):
        payload = {
            "phase": progress.phase,
            "percentage": progress.percentage,
            "message": progress.message,
            "details": progress.details or {},
        }
        async with self.session.put(
            f"{self.base_url}/api/v1/tasks/{task_id}/progress", json=payload
        ) as resp:
            return await resp.json()

    async def create_poster(self, poster_data: PosterData) -> Dict[str, Any]:
        payload = {
            "task_id": poster_data.task_id,
            "width": poster_data.width,
            "height": poster_data.height,
            "background": poster_data.background,
            "preview_url": poster_data.preview_url,
            "source_url": poster_data.source_url,
            "metadata": poster_data.metadata,
        }
        async with self.session.post(f"{self.base_url}/api/v1/posters", json=payload) as resp:
            data = await resp.json()
            return data["data"]

    async def create_elements(self, elements: List[ElementData]) -> List[Dict[str, Any]]:
        payload = {
            "elements": [
                {
                    "layer_id": elem.layer_id,
                    "type": elem.type,
                    "transform": elem.transform,
                    "style": elem.style,
                    "content": elem.content,
                }
                for elem in elements
            ]
        }
        async with self.session.post(
            f"{self.base_url}/api/v1/elements/batch", json=payload
        ) as resp:
            data = await resp.json()
            return data["data"]

    async def complete_task(self, task_id: str, poster_id: str, layers: List[str]):
        payload = {
            "poster_id": poster_id,
            "preview": f"{self.base_url}/posters/{poster_id}/preview",
            "layers": layers,
        }
        async with self.session.post(
            f"{self.base_url}/api/v1/tasks/{task_id}/complete", json=payload
        ) as resp:
            return await resp.json()

    async def upload_image(self, image_data: bytes, filename: str) -> str:
        data = aiohttp.FormData()
        data.add_field("file", image_data, filename=filename)
        async with self.session.post(
            f"{self.base_url}/api/v1/storage/upload", data=data
        ) as resp:
            result = await resp.json()
            return result["data"]["url"]


class PosterGenerationWorkflow:
    def __init__(self, backend_client: BackendClient, fail: bool):
        self.backend = backend_client
        self.fail = fail

    async def execute(self, task_id: str) -> str:
        try:
            await self.step(task_id, "fetching_task", 0, "获取任务信息")
            task = await self.backend.get_task(task_id)
            params = task["input_params"]
            await self.step(
                task_id,
                "parsing_intent",
                10,
                "解析设计需求",
                {"prompt": params["prompt"], "style": params["style"]},
            )
            await self.step(task_id, "generating_layout", 20, "生成布局方案")
            await self.step(task_id, "generating_background", 40, "生成背景图")
            background = self.background(params)
            await self.step(task_id, "generating_elements", 60, "生成设计元素")
            elements = self.elements(task_id, params)
            await self.step(task_id, "rendering_text", 80, "渲染文字内容")
            await self.step(task_id, "quality_check", 90, "质量检查")
            self.quality_check()
            await self.step(task_id, "saving_result", 95, "保存生成结果")
            poster_id = await self.save_results(task_id, background, elements, params)
            await self.step(task_id, "completed", 100, "生成完成")
            await self.backend.complete_task(
                task_id, poster_id, [layer["id"] for layer in elements["layers"]]
            )
            return poster_id
        except Exception as e:
            await self.backend.update_progress(
                task_id,
                TaskProgress(
                    "failed", -1, f"生成失败: {str(e)}", {"error": str(e), "type": type(e).__name__}
                ),
            )
            raise

    async def step(self, task_id, phase, percentage, message, details=None):
        await self.backend.update_progress(
            task_id, TaskProgress(phase, percentage, message, details)
        )

    def background(self, params):
        width, height = params["size"]["width"], params["size"]["height"]
        return {
            "style": "gradient",
            "preview_data": png(width // 4, height // 4),
            "source_data": psd(width, height),
            "generation_params": {"model": "gradient", "seed": 7},
        }

    def elements(self, task_id, params):
        layers = []
        for index, element in enumerate(params["elements"]):
            layers.append(
                {
                    "id": f"layer_{task_id[-12:]}_{index}",
                    "elements": [
                        {
                            "type": element["type"],
                            "transform": {"x": 40, "y": 60 + 120 * index, "width": 300, "height": 80,
                                          "rotation": 0, "scaleX": 1, "scaleY": 1},
                            "style": element.get("style", {}),
                            "content": {"text": element["content"]},
                        }
                    ],
                }
            )
        return {"layers": layers, "fonts_used": ["Noto Sans SC"]}

    def quality_check(self):
        if self.fail:
            raise ValueError("quality 0.31 is below 0.6")

    async def save_results(self, task_id, background, elements, params) -> str:
        preview_url = await self.backend.upload_image(
            background["preview_data"], f"poster_{task_id}_preview.jpg"
        )
        source_url = await self.backend.upload_image(
            background["source_data"], f"poster_{task_id}_source.psd"
        )
        poster = await self.backend.create_poster(
            PosterData(
                task_id=task_id,
                width=params["size"]["width"],
                height=params["size"]["height"],
                background=background["style"],
                preview_url=preview_url,
                source_url=source_url,
                metadata={
                    "style": params["style"],
                    "color_scheme": params["color_scheme"],
                    "fonts": elements["fonts_used"],
                    "ai_params": background["generation_params"],
                },
            )
        )
        element_list = []
        for layer in elements["layers"]:
            for elem in layer["elements"]:
                element_list.append(
                    ElementData(
                        layer_id=layer["id"],
                        type=elem["type"],
                        transform=elem["transform"],
                        style=elem["style"],
                        content=elem["content"],
                    )
                )
        await self.backend.create_elements(element_list)
        return poster["id"]


def png(width: int, height: int) -> bytes:
    """A gradient; named .jpg by the client above, as its users do."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(
        b"\0" + bytes(v for x in range(width) for v in (255 * x // width, 255 * y // height, 160))
        for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def psd(width: int, height: int) -> bytes:
    """The smallest Photoshop document: header, three empty sections, one white run-length encoded picture."""
    header = b"8BPS" + struct.pack(">H6sHIIHH", 1, b"\0" * 6, 3, height, width, 8, 3)
    row = b""
    left = width
    while left > 0:
        run = min(128, left)
        row += struct.pack(">bB", 1 - run, 255)
        left -= run
    counts = struct.pack(">H", len(row)) * (height * 3)
    return header + struct.pack(">III", 0, 0, 0) + struct.pack(">H", 1) + counts + row * (height * 3)


async def main() -> int:
    base_url, api_key, task_id = sys.argv[1:4]
    async with BackendClient(base_url, api_key) as backend:
        try:
            poster_id = await PosterGenerationWorkflow(backend, "--fail" in sys.argv[4:]).execute(task_id)
        except ValueError as e:
            print(json.dumps({"failed": str(e)}))
            return 1
        print(json.dumps({"poster_id": poster_id}))
        return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
