"""The weekly schedule."""

import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG(
    dag_id="retrain_delivery_time",
    schedule="0 3 * * 1",
    start_date=datetime.datetime(2026, 9, 7),
    catchup=False,
) as dag:
    collect = BashOperator(task_id="collect", bash_command="python3 -m pipeline.collect data out")
    join = BashOperator(task_id="join", bash_command="python3 -m pipeline.join_features data out")
    train = BashOperator(task_id="train", bash_command="python3 -m pipeline.train out")
    evaluate = BashOperator(task_id="evaluate", bash_command="python3 -m pipeline.evaluate out")
    collect >> join >> train >> evaluate
